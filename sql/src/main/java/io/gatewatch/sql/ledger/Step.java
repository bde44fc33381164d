package io.gatewatch.sql.ledger;

/** What one line of the table covers. */
public enum Step {
    MINUTE("minute"),
    HOUR("DATE_FORMAT(minute, '%Y-%m-%d %H:00:00')");

    private final String beginning;

    Step(String beginning) {
        this.beginning = beginning;
    }

    /** An expression for the time that a row of the table {@code ledger} belongs to. */
    String beginning() {
        return "CAST(" + beginning + " AS DATETIME)";
    }
}
