"""What the dispatch desk is proposed, and how past decisions teach it."""
