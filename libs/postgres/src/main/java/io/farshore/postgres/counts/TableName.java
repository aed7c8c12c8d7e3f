package io.farshore.postgres.counts;

/**
 * A table.
 *
 * @param schema as the server spells it
 * @param table as the server spells it
 */
public record TableName(String schema, String table) implements Comparable<TableName> {
  @Override
  public int compareTo(TableName other) {
    int bySchema = schema.compareTo(other.schema);
    return bySchema != 0 ? bySchema : table.compareTo(other.table);
  }

  @Override
  public String toString() {
    return schema + "." + table;
  }
}
