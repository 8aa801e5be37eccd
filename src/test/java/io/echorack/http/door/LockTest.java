package io.echorack.http.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.echorack.http.door.Lock.Outcome;
import io.echorack.model.Ceilings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Right and wrong tries, with the time moved by hand.
final class LockTest {
    private static final Token TOKEN = new Token("0123456789abcdef", false);

    private final AtomicLong now = new AtomicLong();
    private final Lock lock = new Lock(TOKEN, now::get);

    @Test
    void thePassIsTheSameEveryTimeAndNotTheToken() {
        assertEquals(lock.pass(), new Lock(TOKEN).pass());
        assertNotEquals(lock.pass(), new Lock(Token.make()).pass());
        assertFalse(lock.pass().contains(TOKEN.text()));
    }

    @Test
    void tooManyWrongTriesWaitForTheNextSecondRightOnesToo() {
        for (int each = 0; each < Ceilings.WRONG_TRIES; each++) {
            assertEquals(Outcome.OPENED, lock.tryToken(TOKEN.text(), "ana"));
            assertEquals(Outcome.REFUSED, lock.tryToken("wrong", "ana"));
        }
        assertEquals(Outcome.TOO_MANY_TRIES, lock.tryToken(TOKEN.text(), "ana"));
        assertEquals(Outcome.TOO_MANY_TRIES, lock.tryPasses(List.of(lock.pass()), "ana"));
        assertEquals(Outcome.TOO_MANY_TRIES, lock.signIn(TOKEN.text(), "ana"));
        assertEquals(Outcome.OPENED, lock.tryToken(TOKEN.text(), "eva"));
        wait(Duration.ofSeconds(1));
        assertEquals(Outcome.OPENED, lock.signIn(TOKEN.text(), "ana"));
    }

    @Test
    void countedAddressesAreBounded() {
        for (int each = 0; each < Ceilings.TRYING_ADDRESSES; each++) {
            assertEquals(Outcome.REFUSED, lock.tryPasses(List.of("wrong"), "address " + each));
        }
        assertEquals(Outcome.TOO_MANY_TRIES, lock.tryPasses(List.of("wrong"), "one more"));
        assertEquals(Outcome.REFUSED, lock.tryPasses(List.of("wrong"), "address 0"));
        wait(Duration.ofSeconds(1));
        assertEquals(Outcome.REFUSED, lock.tryPasses(List.of("wrong"), "one more"));
    }

    @Test
    void aTicketIsGoodForAMinuteAndUntilThereIsANewOne() {
        String first = lock.ticket();
        String second = lock.ticket();
        assertEquals(Outcome.REFUSED, lock.signIn(first, "ana"));
        wait(Ticket.GOOD_FOR);
        assertEquals(Outcome.OPENED, lock.signIn(second, "ana"));
        assertEquals(Outcome.REFUSED, lock.signIn(second, "ana"));
        String late = lock.ticket();
        wait(Ticket.GOOD_FOR.plusNanos(1));
        assertEquals(Outcome.REFUSED, lock.signIn(late, "ana"));
    }

    private void wait(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
