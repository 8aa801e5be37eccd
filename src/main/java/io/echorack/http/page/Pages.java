package io.echorack.http.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;

/// The page at `/`, the interface's documentation at `/docs`, and the files that they need at `/static/`.
public final class Pages {
    private static final String TEMPLATES = "io.echorack.http.page.generated";

    private final PageSource source;
    private final boolean signedIn;
    private final TemplateEngine templates;

    /// @param signedIn whether who sees the page has signed in to it
    public Pages(PageSource source, boolean signedIn) {
        this.source = source;
        this.signedIn = signedIn;
        this.templates =
                TemplateEngine.createPrecompiled(
                        null, ContentType.Html, Pages.class.getClassLoader(), TEMPLATES);
    }

    public void register(JavalinConfig config) {
        config.routes.get("/", this::rack);
        config.routes.get("/docs", this::docs);
        config.routes.get(StaticFiles.PREFIX + "*", StaticFiles::serve);
    }

    private void rack(Context context) {
        render(context, "rack", RackPage.of(source, signedIn, Language.of(context)));
    }

    private void docs(Context context) {
        render(context, "docs", new DocsPage(Language.of(context)));
    }

    /// The page that asks for the token; its status is the caller's.
    public void signIn(Context context, SignInPage.Complaint complaint) {
        render(context, "signIn", SignInPage.of(complaint, Language.of(context)));
    }

    private void render(Context context, String name, Object page) {
        StringOutput html = new StringOutput();
        templates.render("pages/" + name + ".jte", page, html);
        context.header("Cache-Control", "no-store")
                .header("Vary", "Accept-Language, Cookie")
                .contentType("text/html; charset=utf-8")
                .result(html.toString());
    }
}
