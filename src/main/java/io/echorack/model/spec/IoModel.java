package io.echorack.model.spec;

/// How a TCP server waits for its clients.
public enum IoModel {
    /// A few threads for all connections; none of them ever waits for one.
    EVENT_LOOP("eventLoop"),
    /// A thread of the system for each connection, which blocks in recv(2) and send(2).
    THREAD_PER_CONNECTION("threadPerConnection"),
    /// Likewise with threads of Java's own (JEP 444).
    VIRTUAL_THREADS("virtualThreads"),
    /// One thread: the next client is served when the one before has gone.
    ITERATIVE("iterative");

    private final String text;

    IoModel(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /// Whether a thread waits in the calls on a connection's socket.
    public boolean blocks() {
        return this != EVENT_LOOP;
    }
}
