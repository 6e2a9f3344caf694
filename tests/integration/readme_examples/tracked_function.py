from budgetmon import UsageTracker

tracker = UsageTracker()


@tracker.tracked("quotes", tag=lambda ticker: ticker)  # estimate=..., usage=... for models that are paid by the token
def quote(ticker: str) -> str:
    return f"{ticker} 187.50"  # a function, coroutine or generator that pays for something


reply = quote("AAPL")
