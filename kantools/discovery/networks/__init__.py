"""Networks: topologies, their training and their reading."""
