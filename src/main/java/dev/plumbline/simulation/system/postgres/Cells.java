package dev.plumbline.simulation.system.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HexFormat;

/** Values as psql prints them. */
final class Cells {

    private Cells() {}

    static String text(ResultSet row, int column, int type) throws SQLException {
        Object value = row.getObject(column);
        if (value == null) {
            return "";
        }
        return switch (type) {
            case Types.BOOLEAN, Types.BIT -> row.getBoolean(column) ? "t" : "f";
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
                "\\x" + HexFormat.of().formatHex(row.getBytes(column));
            case Types.DOUBLE, Types.REAL, Types.FLOAT -> number(row.getDouble(column));
            case Types.TIMESTAMP_WITH_TIMEZONE -> row.getString(column).replaceFirst("([+-]\\d\\d):00$", "$1");
            default -> row.getString(column);
        };
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }
}
