package io.echorack.wire.tls;

/// The event that a client's close_notify has come, which stands where it would stop our answers (see `LastWord`).
public enum ClientSaidLast {
    HERE
}
