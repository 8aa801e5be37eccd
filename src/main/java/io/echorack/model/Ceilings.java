package io.echorack.model;

/// Every bound of the program in one place.
public final class Ceilings {
    /// Servers in the rack.
    public static final int SERVERS = 1_000;

    /// Open connections and known peers of one server, at most; `limits.maxConnections` stays below it.
    public static final int CONNECTIONS_PER_SERVER = 100_000;

    /// Threads of the system that wait for one connection each, of all servers together.
    public static final int CONNECTION_THREADS = 2_000;

    /// What the reads of threads that wait may bring, together: each holds a buffer of `socket.readBufferBytes`.
    public static final long WAITING_READ_BYTES = 64L * 1024 * 1024;

    /// Closed connections that stay listed.
    public static final int CLOSED_CONNECTIONS = 1_000;

    /// Sockets of servers, connections, runs and probes together, whatever the process may open.
    public static final int SOCKETS = 40_000;

    /// Connections to the page and the interface; who is beyond waits to be accepted.
    public static final int HTTP_CONNECTIONS = 150;

    /// Descriptors left for what comes and goes: files, name servers, and a socket that is accepted to be refused.
    public static final int SPARE_DESCRIPTORS = 50;

    /// A message, at most; `framing.maxFrameBytes` stays below it.
    public static final int FRAME_BYTES = 16 * 1024 * 1024;

    /// Bytes that wait to become messages, of all connections together.
    public static final long BACKLOG_BYTES = 48L * 1024 * 1024;

    /// Bytes of answers that clients have yet to take, of all connections together, before a client that has any left is
    /// no longer read from; and at most, where the connection that goes beyond is closed.
    public static final long SCARCE_BYTES = 32L * 1024 * 1024;

    public static final long UNTAKEN_BYTES = 96L * 1024 * 1024;

    /// One receive, at most; `socket.readBufferBytes` stays below it.
    public static final int READ_BYTES = 1024 * 1024;

    /// The largest UDP payload over IPv4: 65,535 less 20 of IP and 8 of UDP header (RFC 768, RFC 791).
    public static final int DATAGRAM_BYTES = 65_507;

    /// Socket buffers that may be asked for.
    public static final int SOCKET_BUFFER_BYTES = 64 * 1024 * 1024;

    /// A payload in a spec.
    public static final int REPLY_BYTES = 65_536;

    /// Blocks of addresses in a list of those that are allowed or denied.
    public static final int CIDRS = 100;

    /// Rules of one server; a regular expression of theirs, in characters, and written out without repetition; and the
    /// bytes that are looked for.
    public static final int RULES = 100;

    public static final int REGEX_LENGTH = 1_000;

    public static final int REGEX_SIZE = 10_000;

    /// Protocols that a server offers by ALPN.
    public static final int ALPN_PROTOCOLS = 32;

    /// A PEM file of certificates or with a key.
    public static final int PEM_BYTES = 1024 * 1024;

    /// How long a TLS handshake may take, and the sessions that a server remembers so that a client may go on with one.
    public static final int TLS_HANDSHAKE_MILLIS = 10_000;

    public static final int TLS_SESSIONS = 1_000;

    /// Faults of one server.
    public static final int FAULTS = 50;

    /// How long one fault holds a message up.
    public static final int FAULT_MILLIS = 60_000;

    /// Messages that one fault makes of one, or holds back to send them together or in another order.
    public static final int FAULT_MESSAGES = 100;

    /// Pieces that one fault cuts a message into; the last has the rest.
    public static final int FAULT_PIECES = 10_000;

    /// How long a fault waits for the messages that it needs beside the one it has.
    public static final int FAULT_PATIENCE_MILLIS = 200;

    /// What faults make of one message, all together: copies of it, and their bytes.
    public static final int FAULT_COPIES = 1_000;

    public static final int FAULT_COPIED_BYTES = 4 * 1024 * 1024;

    /// Bytes of datagrams that faults hold up, all together and of one peer.
    public static final long FAULT_HELD_BYTES = 16L * 1024 * 1024;

    public static final long FAULT_HELD_BYTES_PER_PEER = 2L * 1024 * 1024;

    /// Bits that one fault flips in a message.
    public static final int FAULT_BITS = 1_000;

    /// Bytes of payload that one event captures.
    public static final int CAPTURED_BYTES = 65_536;

    /// Bytes of payload that an event shows in a page of events or over the stream; one event alone shows all.
    public static final int SHOWN_BYTES = 256;

    /// The traffic log, all segments together.
    public static final long LOG_BYTES = 64L * 1024 * 1024;

    /// One segment of the log; the oldest is dropped whole.
    public static final int SEGMENT_BYTES = 4 * 1024 * 1024;

    /// The rings of all event loops together.
    public static final int RINGS_BYTES = 16 * 1024 * 1024;

    /// The smallest ring: one that takes the largest event (an eighth of a ring).
    public static final int RING_LEAST_BYTES = 1024 * 1024;

    /// A request's body.
    public static final int BODY_BYTES = 1024 * 1024;

    /// A filter's text, in characters; and how deep its parentheses may go.
    public static final int FILTER_LENGTH = 2_000;

    public static final int FILTER_DEPTH = 32;

    /// Exports under way at once, and the bytes of events that one takes out of the log at a time.
    public static final int EXPORTS = 4;

    public static final int EXPORT_STEP_BYTES = 256 * 1024;

    /// Events in one page.
    public static final int PAGE_EVENTS = 1_000;

    /// Reads, frames, writes or datagrams of one connection in one answer.
    public static final int LANE_ITEMS = 10_000;

    /// Recorded bytes of one connection that are cut anew, and how many do so at once.
    public static final int REFRAME_BYTES = 16 * 1024 * 1024;

    public static final int REFRAMINGS = 2;

    /// Who waits for events at once, how long one may, and the near misses that one is told of.
    public static final int WAITERS = 32;

    public static final int WAIT_MILLIS = 60_000;

    public static final int NEAR_MISSES = 10;

    /// Open dashboards and other viewers of the stream.
    public static final int VIEWERS = 100;

    /// Events that a viewer looks at in one tick.
    public static final int VIEWER_LOOKS_PER_TICK = 20_000;

    /// How far a viewer may be behind the log, in events, before it passes over what lies between.
    public static final int VIEWER_BEHIND_EVENTS = 200_000;

    /// Matching events a second that a viewer may ask for.
    public static final int VIEWER_EVENTS_PER_SECOND = 10_000;

    /// Events in one frame to a viewer.
    public static final int VIEWER_FRAME_EVENTS = 1_000;

    /// A frame from a viewer, and what waits to be written to one.
    public static final int VIEWER_FRAME_BYTES = 16 * 1024;

    /// Probes under way at once.
    public static final int PROBES = 32;

    /// The longest wait for a probe's answer.
    public static final int PROBE_MILLIS = 60_000;

    /// Bytes of an answer that a probe keeps.
    public static final int PROBE_BYTES = 1024 * 1024;

    /// Runs under way at once, and ended ones that are kept.
    public static final int RUNS = 8;

    public static final int KEPT_RUNS = 100;

    /// Connections of one run, and unanswered messages of one of them.
    public static final int RUN_CONNECTIONS = 256;

    public static final int RUN_IN_FLIGHT = 256;

    /// Messages of one run, their content, and how long it may go on.
    public static final int RUN_MESSAGES = 10_000_000;

    public static final int RUN_MESSAGE_BYTES = 256 * 1024;

    public static final int RUN_MILLIS = 3_600_000;

    /// Bytes of messages that a run may have on their way, all connections together.
    public static final int RUN_FLIGHT_BYTES = 16 * 1024 * 1024;

    /// Bytes of answers that a run remembers, to know one that comes late or twice.
    public static final int RUN_MEMORY_BYTES = 8 * 1024 * 1024;

    /// Answers that one connection of a run goes on waiting for after their time.
    public static final int RUN_OVERDUE = 1_024;

    /// The longest that a caller waits for the end of a run.
    public static final int RUN_WAIT_MILLIS = 120_000;

    /// The longest that a stop waits for open connections to finish.
    public static final int DRAIN_MILLIS = 60_000;

    /// Wrong tokens that one address may try in a second, and the addresses that are counted in one.
    public static final int WRONG_TRIES = 50;

    public static final int TRYING_ADDRESSES = 1_000;

    private Ceilings() {}
}
