"""Which blocks of a page are its article: what trees, a network, trafilatura and the page's own marks say of each."""
