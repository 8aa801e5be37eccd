package io.echorack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;

/// One page in a browser, and the words for what one does with it.
final class Tab implements AutoCloseable {
    private final BrowserContext context;
    private final Page page;
    private final List<String> wrong = new ArrayList<>();

    Tab(BrowserContext context, Page page) {
        this.context = context;
        this.page = page;
        page.onPageError(wrong::add);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                wrong.add(message.text());
            }
        });
        page.onDialog(box -> {
            wrong.add("A box popped up: " + box.message());
            box.dismiss();
        });
    }

    Page page() {
        return page;
    }

    Locator at(String selector) {
        return page.locator(selector);
    }

    void press(String name) {
        at("body")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true))
                .filter(new Locator.FilterOptions().setVisible(true))
                .first()
                .click();
    }

    void fill(String field, String value) {
        at("#" + field).fill(value);
    }

    void choose(String field, String value) {
        at("#" + field).selectOption(value);
    }

    /// Rows of the table that are of a kind: read, frame, write, datagram.
    Locator rows(String kind) {
        return at(".traffic-row:has(.what-" + kind + ")");
    }

    int number(String script) {
        return ((Number) page.evaluate(script)).intValue();
    }

    @Override
    public void close() {
        context.close();
        assertEquals(List.of(), wrong);
    }
}
