package io.echorack;

/// Something asked for on the command line or in the environment that can't be: exit 2, with this sentence.
final class UsageProblem extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UsageProblem(String sentence) {
        super(sentence);
    }
}
