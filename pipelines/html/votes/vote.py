"""The vote on every block of a page: the mean of trees and of a network."""

from __future__ import annotations

from pipelines.html.votes import model, network
from pipelines.html.votes.containers import Array
from pipelines.html.votes.features import Features


def vote(features: Features) -> Array:
    """Return the probability that a block belongs to the body, one a block."""
    return network.mixed(model.load().vote(features), network.load().vote(features))
