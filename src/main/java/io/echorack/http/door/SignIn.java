package io.echorack.http.door;

import io.echorack.http.page.Pages;
import io.echorack.http.page.SignInPage.Complaint;
import io.echorack.model.Problem;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.time.Duration;
import java.util.Optional;

/// Where a browser gives the token and takes its cookie, and gives that back.
public final class SignIn {
    static final String PATH = "/sign-in";
    static final String TOKEN = "token";

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int KEPT_SECONDS = (int) Duration.ofDays(30).toSeconds();

    private final Lock lock;
    private final Pages pages;

    public SignIn(Lock lock, Pages pages) {
        this.lock = lock;
        this.pages = pages;
    }

    public void register(RoutesConfig routes) {
        routes.get(PATH, this::come);
        routes.post(PATH, this::submit);
        routes.post("/sign-out", SignIn::leave);
    }

    /// The door brings here who has no token yet, and the printed link with it.
    private void come(Context context) {
        Optional.ofNullable(context.queryParam(TOKEN))
                .ifPresentOrElse(
                        tried -> enter(context, tried),
                        () -> show(context, Complaint.NONE, HttpStatus.UNAUTHORIZED));
    }

    private void submit(Context context) {
        String type = String.valueOf(context.contentType());
        if (!type.split(";", 2)[0].strip().equalsIgnoreCase(FORM)) {
            throw new Problem(
                    Problem.Code.UNSUPPORTED_MEDIA_TYPE, "A form must come as " + FORM + ".");
        }
        enter(context, String.valueOf(context.formParam(TOKEN)).strip());
    }

    private void enter(Context context, String tried) {
        switch (lock.signIn(tried, context.ip())) {
            case OPENED -> goOn(context, cookie(context, lock.pass(), KEPT_SECONDS));
            case REFUSED -> show(context, Complaint.WRONG, HttpStatus.UNAUTHORIZED);
            case TOO_MANY_TRIES -> {
                context.header(Header.RETRY_AFTER, Refusal.SECONDS_TO_WAIT);
                show(context, Complaint.TOO_MANY, HttpStatus.TOO_MANY_REQUESTS);
            }
        }
    }

    private static void leave(Context context) {
        goOn(context, cookie(context, "", 0));
    }

    private void show(Context context, Complaint complaint, HttpStatus status) {
        context.status(status).header(Header.WWW_AUTHENTICATE, Bearer.SCHEME);
        pages.signIn(context, complaint);
    }

    private static void goOn(Context context, Cookie cookie) {
        context.cookie(cookie);
        context.header(Header.CACHE_CONTROL, "no-store").redirect("/", HttpStatus.SEE_OTHER);
    }

    private static Cookie cookie(Context context, String value, int seconds) {
        Cookie cookie = new Cookie(Pass.name(context.req().getServerPort()), value, "/", seconds);
        cookie.setHttpOnly(true);
        cookie.setSameSite(SameSite.STRICT);
        return cookie;
    }
}
