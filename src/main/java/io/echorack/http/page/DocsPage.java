package io.echorack.http.page;

/// The frame around the interface's documentation, as its template sees it.
public record DocsPage(Language language) {
    public String text(String key) {
        return Messages.in(language).text(key);
    }
}
