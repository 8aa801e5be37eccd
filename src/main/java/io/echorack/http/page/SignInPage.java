package io.echorack.http.page;

/// The page that asks for the token, as its template sees it.
public record SignInPage(Language language, Messages messages, Complaint complaint) {
    /// What was wrong with the last try.
    public enum Complaint {
        NONE(""),
        WRONG("signIn.wrong"),
        TOO_MANY("signIn.tooMany");

        private final String key;

        Complaint(String key) {
            this.key = key;
        }
    }

    static SignInPage of(Complaint complaint, Language language) {
        return new SignInPage(language, Messages.in(language), complaint);
    }

    public String text(String key) {
        return messages.text(key);
    }

    /// Empty where nothing was wrong.
    public String complaintText() {
        return complaint == Complaint.NONE ? "" : text(complaint.key);
    }
}
