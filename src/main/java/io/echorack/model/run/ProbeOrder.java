package io.echorack.model.run;

import java.time.Duration;

/// One exchange to make.
///
/// @param content the message, before framing goes around it
public record ProbeOrder(Aim aim, byte[] content, Duration timeout) {}
