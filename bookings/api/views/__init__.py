"""What the API's routes lead to."""
