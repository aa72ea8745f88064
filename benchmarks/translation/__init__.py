"""What the translation stage is worth: fidelity of its checks, speed beside plain argostranslate, quality."""
