"""What stands around an article and goes: each block that is dropped keeps the reason why."""
