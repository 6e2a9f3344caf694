from openai import OpenAI

from budgetmon import UsageTracker
from budgetmon.integrations.clients.openai_client import guarded

tracker = UsageTracker()
client = guarded(OpenAI(), tracker)  # AsyncOpenAI, AzureOpenAI and compatible servers, too
reply = client.responses.create(model="gpt-5-mini", input="Is AAPL cheap?", max_output_tokens=200)
