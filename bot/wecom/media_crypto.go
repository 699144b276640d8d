package wecom

import (
	"crypto/aes"
	"crypto/cipher"
	"errors"
	"io"
)

// plainReader decrypts a file as it is read: AES-256-CBC, the IV is the front of the key, PKCS#7 to 32:
// https://developer.work.weixin.qq.com/document/path/100719. The last 32 bytes are held back until the end
// is known. Whether the padding is right is known only then, so what was read before an error is no file.
type plainReader struct {
	from  io.Reader
	mode  cipher.BlockMode
	whole []byte // decrypted, not yet read, without what is held back
	held  []byte // decrypted; the padding may be in it
	most  int64  // bytes that may come
	err   error
}

var errTooBig = errors.New("file too big")

// newPlainReader takes at most so many bytes, padding included.
func newPlainReader(key []byte, from io.Reader, most int64) (*plainReader, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, errKey
	}
	return &plainReader{from: from, mode: cipher.NewCBCDecrypter(block, key[:aes.BlockSize]), most: most}, nil
}

// Read is io.Reader's.
func (r *plainReader) Read(b []byte) (int, error) {
	for len(r.whole) == 0 && r.err == nil {
		r.fill()
	}
	if len(r.whole) == 0 {
		return 0, r.err
	}
	n := copy(b, r.whole)
	r.whole = r.whole[n:]
	return n, nil
}

// fill decrypts the next piece.
func (r *plainReader) fill() {
	piece, end, err := readPiece(r.from)
	switch {
	case err != nil:
		r.err = err
		return
	case len(piece)%aes.BlockSize != 0:
		r.err = errCipher
		return
	case int64(len(piece)) > r.most:
		r.err = errTooBig
		return
	}
	r.most -= int64(len(piece))
	r.mode.CryptBlocks(piece, piece)
	all := append(r.held, piece...)
	if end {
		r.finish(all)
		return
	}
	cut := len(all) - padTo
	r.whole, r.held = all[:cut:cut], all[cut:]
}

// readPiece is a whole piece, or what is left. A transfer that broke off is not the end: io.ReadFull would not
// tell them apart.
func readPiece(from io.Reader) (piece []byte, end bool, err error) {
	piece = make([]byte, 32<<10)
	for n := 0; n < len(piece); {
		more, err := from.Read(piece[n:])
		n += more
		if errors.Is(err, io.EOF) {
			return piece[:n], true, nil
		}
		if err != nil {
			return nil, false, err
		}
	}
	return piece, false, nil
}

func (r *plainReader) finish(all []byte) {
	r.held, r.err = nil, errCipher
	if len(all) < padTo {
		return
	}
	if plain, err := unpad(all); err == nil {
		r.whole, r.err = plain, io.EOF
	}
}
