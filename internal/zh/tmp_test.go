package zh
import ("testing";"strings";"time";"fmt")
func TestTmp(t *testing.T){
 for _,u:=range []string{"一","有9点","阅读3","1"}{
 for _,n:=range []int{5000,10000,20000}{
  text:=strings.Repeat(u,n/len([]rune(u)))
  out:=fmt.Sprint(u,n," ")
  for k,f:=range understood { s:=time.Now(); f(text); if d:=time.Since(s); d>20*time.Millisecond {out+=fmt.Sprint(k,"=",d.Round(time.Millisecond)," ")}}
  fmt.Println(out)
 }}
}
