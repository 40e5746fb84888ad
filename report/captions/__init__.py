"""The words and numbers that stand round each chart; imports nothing that draws."""
