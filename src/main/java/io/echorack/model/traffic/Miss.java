package io.echorack.model.traffic;

/// An event that met all terms of a filter but one.
///
/// @param missed that one, as it is written
public record Miss(String missed, TrafficEvent event) {}
