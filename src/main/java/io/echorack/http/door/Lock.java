package io.echorack.http.door;

import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Tells the right token, or what stands for it, from a wrong one.
public final class Lock {
    /// What came of a try.
    enum Outcome {
        OPENED,
        REFUSED,
        TOO_MANY_TRIES
    }

    private final Token token;
    private final String pass;
    private final LongSupplier nanoTime;
    private final WrongTries wrongTries;
    private volatile @Nullable Ticket ticket;

    public Lock(Token token) {
        this(token, System::nanoTime);
    }

    Lock(Token token, LongSupplier nanoTime) {
        this.token = token;
        this.pass = Pass.of(token);
        this.nanoTime = nanoTime;
        this.wrongTries = new WrongTries(nanoTime);
    }

    /// What a browser may sign in with once, within a minute. A new one ends the last.
    public String ticket() {
        Ticket fresh = new Ticket(nanoTime);
        ticket = fresh;
        return fresh.text();
    }

    /// The value of a signed-in browser's cookie.
    String pass() {
        return pass;
    }

    Outcome tryToken(String tried, String address) {
        return outcome(token.is(tried), address);
    }

    /// One try, however many cookies of that name a browser has: others on the host may have set one.
    Outcome tryPasses(List<String> tried, String address) {
        return tried.isEmpty()
                ? Outcome.REFUSED
                : outcome(tried.stream().anyMatch(one -> Token.same(pass, one)), address);
    }

    Outcome signIn(String tried, String address) {
        Ticket issued = ticket;
        return outcome(token.is(tried) || (issued != null && issued.takes(tried)), address);
    }

    /// Who has tried too many times is not told whether this one is right: else a limit would slow nobody down.
    private Outcome outcome(boolean right, String address) {
        if (wrongTries.tooManyBy(address)) {
            return Outcome.TOO_MANY_TRIES;
        }
        if (!right) {
            wrongTries.count(address);
        }
        return right ? Outcome.OPENED : Outcome.REFUSED;
    }
}
