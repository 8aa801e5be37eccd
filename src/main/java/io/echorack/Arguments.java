package io.echorack;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The words on the command line, read into [Options] by picocli.
///
/// Apart, and left alone where there are no words: picocli is compiled for Java 5, classes so old don't go into the
/// class-data archive, and loading them takes a tenth of a second.
final class Arguments {
    private Arguments() {}

    static Options read(String... words) {
        return words.length == 0 ? new Options() : parse(words);
    }

    static String help() {
        return new CommandLine(new Options()).getUsageMessage(Ansi.AUTO).stripTrailing();
    }

    private static Options parse(String... words) {
        Options options = new Options();
        try {
            new CommandLine(options).parseArgs(words);
            return options;
        } catch (ParameterException problem) {
            StringWriter sentence = new StringWriter();
            sentence.append(problem.getMessage()).append(".\n");
            UnmatchedArgumentException.printSuggestions(problem, new PrintWriter(sentence, true));
            throw new UsageProblem(sentence.toString().strip());
        }
    }
}
