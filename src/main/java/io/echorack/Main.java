package io.echorack;

/// The command line.
final class Main {
    private Main() {}

    static void main(String[] arguments) {}
}
