package io.echorack.model.engine;

import io.echorack.model.spec.Payload;

/// What can be done to an open connection, besides ending it.
public sealed interface ConnectionAct {
    /// Sends these bytes as they are, behind what is on its way.
    record Send(Payload payload) implements ConnectionAct {}

    /// Sends FIN behind what is on its way, and goes on reading (shutdown(2), RFC 9293 §3.6).
    record ShutdownOutput() implements ConnectionAct {}

    /// Reads nothing more, so that the client's window closes (RFC 9293 §3.8.6).
    record PauseRead() implements ConnectionAct {}

    /// Reads again.
    record ResumeRead() implements ConnectionAct {}
}
