package store

import (
	"fmt"
	"time"

	"fenghuo/internal/incident"

	"gorm.io/gorm/clause"
)

// FollowUpRow is a follow-up slot that is over, for counting across incidents.
type FollowUpRow struct {
	Incident string `gorm:"primaryKey"`
	Ord      int    `gorm:"primaryKey;autoIncrement:false"` // from 1
	N        int
	Due      time.Time `gorm:"serializer:utc"`
	At       time.Time `gorm:"serializer:utc"`
	Person   string
	Verdict  incident.Verdict
}

// TableName is the table of follow-ups.
func (FollowUpRow) TableName() string { return "followups" }

// RiskRow is a risk, for counting across incidents.
type RiskRow struct {
	Incident string `gorm:"primaryKey"`
	Ord      int    `gorm:"primaryKey;autoIncrement:false"`
	Risk     string // its id within the incident
	Kind     string
	About    string
	Person   string
	OpenedAt time.Time `gorm:"serializer:utc"`
	Status   string
	JudgedAt time.Time `gorm:"serializer:utc"`
}

// TableName is the table of risks.
func (RiskRow) TableName() string { return "risks" }

// EvidenceRow says which incident a file belongs to.
type EvidenceRow struct {
	Incident  string `gorm:"primaryKey"`
	Ord       int    `gorm:"primaryKey;autoIncrement:false"`
	Evidence  string // its id within the incident
	Name      string
	Kind      string
	SHA256    string    `gorm:"column:sha256"`
	At        time.Time `gorm:"serializer:utc"`
	Person    string
	Masked    bool
	Withdrawn bool
}

// TableName is the table of evidence.
func (EvidenceRow) TableName() string { return "evidence" }

// saveParts brings the tables beside incidents in line with inc.
func (tx *Tx) saveParts(inc *incident.Incident) error {
	var followUps []FollowUpRow
	for n, f := range inc.FollowUps {
		followUps = append(followUps, FollowUpRow{inc.Number, n + 1, f.N, trim(f.Due), trim(f.At), f.By, f.Verdict})
	}
	var risks []RiskRow
	for n, r := range inc.Risks {
		risks = append(risks, RiskRow{inc.Number, n + 1, r.ID, r.Kind, r.About, r.Person, trim(r.OpenedAt), r.Status, trim(r.JudgedAt)})
	}
	var evidence []EvidenceRow
	for n, e := range inc.Evidence {
		evidence = append(evidence, EvidenceRow{inc.Number, n + 1, e.ID, e.Name, e.Kind, e.SHA256, trim(e.At), e.By, e.Masked, e.Withdrawn})
	}
	if err := project(tx, "followups", inc.Number, followUps); err != nil {
		return err
	}
	if err := project(tx, "risks", inc.Number, risks); err != nil {
		return err
	}
	if err := project(tx, "evidence", inc.Number, evidence); err != nil {
		return err
	}
	return tx.saveInquiries(inc)
}

// project makes want all of number's rows in table, writing only those that differ.
func project[R comparable](tx *Tx, table, number string, want []R) error {
	var have []R
	if err := tx.db.Where("incident = ?", number).Order("ord").Find(&have).Error; err != nil {
		return fmt.Errorf("load %s of %s: %w", table, number, err)
	}
	var changed []R
	for n, row := range want {
		if n >= len(have) || have[n] != row {
			changed = append(changed, row)
		}
	}
	if len(changed) > 0 {
		if err := tx.db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&changed).Error; err != nil {
			return fmt.Errorf("save %s of %s: %w", table, number, err)
		}
	}
	if len(have) > len(want) {
		if err := tx.db.Exec("delete from "+table+" where incident = ? and ord > ?", number, len(want)).Error; err != nil {
			return fmt.Errorf("trim %s of %s: %w", table, number, err)
		}
	}
	return nil
}

// FollowUpsBetween lists the slots due in [from, to), the earliest first.
func (tx *Tx) FollowUpsBetween(from, to time.Time) ([]FollowUpRow, error) {
	var rows []FollowUpRow
	err := tx.db.Where("due >= ? and due < ?", utc(from), utc(to)).Order("due, incident, ord").Find(&rows).Error
	return rows, err
}

// RisksBetween lists the risks opened in [from, to), the earliest first.
func (tx *Tx) RisksBetween(from, to time.Time) ([]RiskRow, error) {
	var rows []RiskRow
	err := tx.db.Where("opened_at >= ? and opened_at < ?", utc(from), utc(to)).Order("opened_at, incident, ord").Find(&rows).Error
	return rows, err
}

// EvidenceWith lists the incidents a file is kept for: whoever may see one of them may see the file.
func (tx *Tx) EvidenceWith(sha string) ([]EvidenceRow, error) {
	var rows []EvidenceRow
	err := tx.db.Where("sha256 = ?", sha).Order("incident, ord").Find(&rows).Error
	return rows, err
}
