"""The recipe of a small zh→en model: data, training on one GPU, export to an Argos package. See README.md here."""
