"""The link that somebody who answered passes on to their manager, and the page that it opens."""
