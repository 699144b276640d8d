package main

import (
	"reflect"
	"time"
)

// inZone shows every time within v, which is a pointer, in the organisation's zone.
func inZone(v any, zone *time.Location) { moveTimes(reflect.ValueOf(v).Elem(), zone) }

func moveTimes(v reflect.Value, zone *time.Location) {
	switch v.Kind() {
	case reflect.Struct:
		if t, ok := v.Interface().(time.Time); ok {
			if !t.IsZero() {
				v.Set(reflect.ValueOf(t.In(zone)))
			}
			return
		}
		for n := range v.NumField() {
			if v.Field(n).CanSet() {
				moveTimes(v.Field(n), zone)
			}
		}
	case reflect.Slice:
		for n := range v.Len() {
			moveTimes(v.Index(n), zone)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			moveTimes(v.Elem(), zone)
		}
	}
}
