import requests

from budgetmon import UsageTracker
from budgetmon.integrations.clients.requests_adapter import GuardedAdapter

tracker = UsageTracker()
session = requests.Session()
for scheme in ("https://", "http://"):
    session.mount(scheme, GuardedAdapter(tracker))
chat = {"model": "sonar-pro", "messages": [{"role": "user", "content": "Is AAPL cheap?"}], "max_tokens": 200}
reply = session.post(f"{tracker.config.providers['perplexity'].base_url}/chat/completions", json=chat)
