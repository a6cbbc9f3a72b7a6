"""The yardstick from above: the same JSON as Django REST framework's own tutorial would have it made."""
