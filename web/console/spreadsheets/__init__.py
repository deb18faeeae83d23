"""Tables that go out to Excel and come back."""
