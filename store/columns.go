package store

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"gorm.io/gorm/schema"
)

// layout has a fixed width, so that as text, on SQLite, times sort as they pass.
const layout = "2006-01-02 15:04:05.000000Z"

// registerSerializers tells GORM how this package's columns are written: utc for times, text for raw JSON.
func registerSerializers() {
	schema.RegisterSerializer("utc", utcSerializer{})
	schema.RegisterSerializer("text", textSerializer{})
}

// utc is t as both databases take it; a zero time is NULL.
func utc(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(layout)
}

// trim is t as it will be read back.
func trim(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Microsecond)
}

// parseUTC reads what utc wrote: text from SQLite, a time from PostgreSQL.
func parseUTC(v any) (time.Time, error) {
	switch v := v.(type) {
	case nil:
		return time.Time{}, nil
	case time.Time:
		return trim(v), nil
	case string:
		return time.Parse(layout, v)
	case []byte:
		return time.Parse(layout, string(v))
	}
	return time.Time{}, fmt.Errorf("a time cannot be read from %T", v)
}

// moment is a time that is not a column of a struct: min(at).
type moment struct{ time.Time }

// Scan reads it.
func (m *moment) Scan(v any) (err error) {
	m.Time, err = parseUTC(v)
	return err
}

type utcSerializer struct{}

func (utcSerializer) Scan(ctx context.Context, field *schema.Field, dst reflect.Value, v any) error {
	t, err := parseUTC(v)
	if err != nil {
		return fmt.Errorf("column %s: %w", field.DBName, err)
	}
	field.ReflectValueOf(ctx, dst).Set(reflect.ValueOf(t))
	return nil
}

func (utcSerializer) Value(_ context.Context, _ *schema.Field, _ reflect.Value, v any) (any, error) {
	return utc(v.(time.Time)), nil
}

type textSerializer struct{}

func (textSerializer) Scan(ctx context.Context, field *schema.Field, dst reflect.Value, v any) error {
	switch v := v.(type) {
	case nil:
	case string:
		field.ReflectValueOf(ctx, dst).SetBytes([]byte(v))
	case []byte:
		field.ReflectValueOf(ctx, dst).SetBytes(append([]byte(nil), v...))
	default:
		return fmt.Errorf("column %s: text cannot be read from %T", field.DBName, v)
	}
	return nil
}

func (textSerializer) Value(_ context.Context, _ *schema.Field, _ reflect.Value, v any) (any, error) {
	return string(reflect.ValueOf(v).Bytes()), nil
}
