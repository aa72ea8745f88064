"""Plain words for made-up articles, which must differ from one another."""

WORDS = [
    "harbour",
    "council",
    "bridge",
    "winter",
    "ferry",
    "budget",
    "school",
    "engine",
    "market",
    "storm",
    "river",
    "museum",
    "clinic",
    "orchard",
]
