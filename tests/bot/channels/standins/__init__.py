"""Stand-ins for the platforms: real HTTP servers that hold every call to the documented contract, and can misbehave."""
