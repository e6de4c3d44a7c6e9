"""What an author needs: conditions in words, ways through a scenario, a second coding, agreement, a map."""
