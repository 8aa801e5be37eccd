package io.echorack.model.engine;

import io.echorack.model.spec.ServerSpec;

/// A server as users see it: what was asked for and what is.
public record ServerView(String name, ServerSpec spec, ServerStatus status) {}
