package io.echorack.http.page;

/// A server as one line of the list: `state` is its word in the REST interface.
public record ServerLine(String name, String protocol, String address, String state) {}
