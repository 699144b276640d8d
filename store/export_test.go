package store

import (
	"testing"
)

// Exec runs SQL that no method has: what an intruder or a crash would do.
func (tx *Tx) Exec(sql string, args ...any) error { return tx.db.Exec(sql, args...).Error }

// Scan reads one value.
func (tx *Tx) Scan(to any, sql string) error { return tx.db.Raw(sql).Row().Scan(to) }

// Pragma is a setting of the writing connection.
func Pragma(t *testing.T, s *Store, name string) string {
	t.Helper()
	var v string
	if err := s.write.Raw("pragma " + name).Row().Scan(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// Explain is how the database goes about a query.
func Explain(t testing.TB, s *Store, sql string, args ...any) []string {
	t.Helper()
	var lines []struct{ Detail string }
	if err := s.write.Raw("explain query plan "+sql, args...).Scan(&lines).Error; err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range lines {
		out = append(out, l.Detail)
	}
	return out
}

// Claimable is the query of Claim.
const Claimable = claimable

// Expire ends a key's time to live on Redis.
func Expire(t testing.TB, s Shared, key string) {
	t.Helper()
	r := s.(*redisShared)
	ttl, err := r.client.PTTL(t.Context(), redisKeys+key).Result()
	if err != nil || ttl <= 0 {
		t.Errorf("%s lives for %v, %v", key, ttl, err)
	}
	if err := r.client.Del(t.Context(), redisKeys+key).Err(); err != nil {
		t.Error(err)
	}
}

// Buckets is how many a memory keeps.
func Buckets(s Shared) int { return len(s.(*memory).buckets) }
