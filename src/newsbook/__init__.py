"""Turn scraped news articles, Chinese, Japanese and Korean, into typeset PDF bulletins and EPUB collections."""
