"""Plain words and paragraphs for made-up articles."""

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

PROSE = [
    "The council voted on Monday to keep the swimming hall open for another year, although the roof leaks in three places "
    "and the heating failed twice last winter. A repair would cost more than the town spends on all its schools.",
    "Swimmers had collected four thousand signatures in a week. Their speaker said that the vote was a beginning, and that "
    "the association would now look for donors who could pay for the tiles.",
    "The mayor, who had first wanted to close the hall in June, said that he had learned to count. He promised a report "
    "before the end of the year.",
    "Opening hours stay as they are. Children under six swim free of charge, and the sauna is open on Fridays only.",
]
"""Four paragraphs of an article; no line of them is the page's."""
