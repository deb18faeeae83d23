"""Channel connectors: verify the caller, translate, hand over, render the Reply."""
