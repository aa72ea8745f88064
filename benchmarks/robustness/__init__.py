"""What happens to the text of a page whose source is changed in ways that no reader sees."""
