package io.echorack.traffic;

import io.echorack.model.traffic.Detail;
import io.echorack.model.traffic.Direction;
import io.echorack.model.traffic.EventKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Which events somebody wants to see.
public sealed interface Filter {
    Filter ALL = new And(List.of(), List.of());

    /// Reads the filter language: terms side by side are *and*; `or`, `not`, parentheses. A bad one is a `Problem` with
    /// its place.
    static Filter of(@Nullable String text) {
        return text == null || text.isBlank() ? ALL : new FilterParser(text).parse();
    }

    boolean matches(EventView event);

    /// The one term, as it is written, that keeps an event from matching where it meets all the others; empty where it
    /// matches, where more than one do, or where there is only one.
    static Optional<String> missed(Filter filter, EventView event) {
        return switch (filter) {
            case And all -> all.missed(event);
            case Or either -> either.missed(event);
            default -> Optional.empty();
        };
    }

    /// All of these.
    ///
    /// @param written the same as they stand in the filter
    record And(List<Filter> terms, List<String> written) implements Filter {
        @Override
        public boolean matches(EventView event) {
            for (Filter term : terms) {
                if (!term.matches(event)) {
                    return false;
                }
            }
            return true;
        }

        private Optional<String> missed(EventView event) {
            int missed = -1;
            for (int i = 0; i < terms.size(); i++) {
                if (!terms.get(i).matches(event)) {
                    if (missed >= 0) {
                        return Optional.empty();
                    }
                    missed = i;
                }
            }
            return missed < 0 ? Optional.empty() : Optional.of(written.get(missed));
        }
    }

    /// One of these at least.
    record Or(List<Filter> terms) implements Filter {
        @Override
        public boolean matches(EventView event) {
            for (Filter term : terms) {
                if (term.matches(event)) {
                    return true;
                }
            }
            return false;
        }

        private Optional<String> missed(EventView event) {
            return matches(event)
                    ? Optional.empty()
                    : terms.stream()
                            .flatMap(term -> Filter.missed(term, event).stream())
                            .findFirst();
        }
    }

    /// Not this.
    record Not(Filter term) implements Filter {
        @Override
        public boolean matches(EventView event) {
            return !term.matches(event);
        }
    }

    /// `server:line-upper`.
    record OfServer(byte[] name) implements Filter {
        @Override
        public boolean matches(EventView event) {
            return event.isOfServer(name);
        }
    }

    /// `kind:frame`.
    record OfKind(EventKind kind) implements Filter {
        @Override
        public boolean matches(EventView event) {
            return event.kind() == kind;
        }
    }

    /// `dir:in`.
    record Going(Direction direction) implements Filter {
        @Override
        public boolean matches(EventView event) {
            return event.direction() == direction;
        }
    }

    /// `conn:c12`.
    record OfConnection(long number) implements Filter {
        @Override
        public boolean matches(EventView event) {
            return event.connection() == number;
        }
    }

    /// `len>100`, `len:6`; bytes. Only of events that are about bytes.
    record Length(Comparison comparison, int bytes) implements Filter {
        @Override
        public boolean matches(EventView event) {
            return event.direction() != Direction.NONE
                    && switch (comparison) {
                        case LESS -> event.length() < bytes;
                        case AT_MOST -> event.length() <= bytes;
                        case EQUAL -> event.length() == bytes;
                        case AT_LEAST -> event.length() >= bytes;
                        case MORE -> event.length() > bytes;
                    };
        }
    }

    /// How a length is compared.
    enum Comparison {
        LESS,
        AT_MOST,
        EQUAL,
        AT_LEAST,
        MORE
    }

    /// `text:"GET "`, `hex:0d0a`: anywhere in the captured payload.
    record Holds(Needle wanted) implements Filter {
        @Override
        public boolean matches(EventView event) {
            return event.payloadHolds(wanted);
        }
    }

    /// `peer:127.0.0.1`, `peer:[::1]:5000`.
    record FromPeer(InetAddress address, OptionalInt port) implements Filter {
        @Override
        public boolean matches(EventView event) {
            @Nullable InetSocketAddress peer = event.origin().peer();
            return peer != null
                    && peer.getAddress().equals(address)
                    && (port.isEmpty() || port.getAsInt() == peer.getPort());
        }
    }

    /// `fault:f1`: the fault itself, or what it touched.
    record TouchedBy(String fault) implements Filter {
        @Override
        public boolean matches(EventView event) {
            Map<String, Object> told = Detail.read(event.detail());
            Object all = told.getOrDefault("faults", told.getOrDefault("fault", ""));
            return List.of(all.toString().split(" ", -1)).contains(fault);
        }
    }
}
