package io.echorack.model.run;

import io.echorack.model.spec.Behavior;
import io.echorack.model.spec.Framing;
import io.echorack.model.spec.Protocol;
import java.net.InetSocketAddress;
import java.time.Duration;

/// One exchange to make.
///
/// @param content the message, before framing goes around it
/// @param expected what the target is taken to do with it
/// @param known whether it is known to do so; if not, an answer also ends with a while of silence
public record ProbeOrder(
        InetSocketAddress target,
        Protocol protocol,
        byte[] content,
        Framing framing,
        Behavior expected,
        boolean known,
        Duration timeout) {}
