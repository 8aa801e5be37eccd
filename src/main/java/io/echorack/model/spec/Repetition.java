package io.echorack.model.spec;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long a regular expression gets when its counted repetitions are written out, as its program is: RE2/J bounds one
/// `{n,m}`, not those inside others.
final class Repetition {
    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

    private Repetition() {}

    static long of(String regex) {
        Deque<Long> outer = new ArrayDeque<>();
        long sum = 0;
        long last = 0;
        Matcher count = COUNT.matcher(regex);
        for (int at = 0; at < regex.length(); at++) {
            char letter = regex.charAt(at);
            if (letter == '(') {
                outer.push(sum);
                sum = 0;
                last = 0;
            } else if (letter == ')' && !outer.isEmpty()) {
                last = sum;
                sum += outer.pop();
            } else if (count.region(at, regex.length()).lookingAt()) {
                sum += last * Math.max(0, most(count) - 1);
                last *= most(count);
                at = count.end() - 1;
            } else {
                at += letter == '\\' ? 1 : 0;
                last = 1;
                sum++;
            }
            sum = Math.min(sum, Integer.MAX_VALUE);
            last = Math.min(last, Integer.MAX_VALUE);
        }
        return sum;
    }

    private static long most(MatchResult count) {
        String upper = count.group(2);
        return Long.parseLong(upper == null || upper.isEmpty() ? count.group(1) : upper);
    }
}
