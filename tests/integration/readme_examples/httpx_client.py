import httpx

from budgetmon import UsageTracker
from budgetmon.integrations.clients.httpx_transport import GuardedTransport

tracker = UsageTracker()
client = httpx.Client(transport=GuardedTransport(tracker))  # AsyncGuardedTransport for AsyncClient
chat = {"model": "sonar-pro", "messages": [{"role": "user", "content": "Is AAPL cheap?"}], "max_tokens": 200}
reply = client.post(f"{tracker.config.providers['perplexity'].base_url}/chat/completions", json=chat)
