"""How detection, speed and memory are measured; nothing of the program imports this."""
