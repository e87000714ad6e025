/** Light and dark by the reader's screen; one column on a phone. */
export const styles = `
:root{color-scheme:light dark;--ground:#fff;--text:#1d2026;--quiet:#4a4e57;--line:#d5d8de;--raised:#f5f6f8;--link:#1b4fa8;--add:#11612a;--remove:#9b1c14;--change:#7a4f00}
@media(prefers-color-scheme:dark){:root{--ground:#121419;--text:#eceef2;--quiet:#b6bbc6;--line:#343944;--raised:#1b1e25;--link:#9dbcff;--add:#7fd99a;--remove:#ff9d94;--change:#f0c36a}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
a{color:var(--link)}
code,del,ins,td a{font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
header,nav,main{padding:0 24px;max-width:1500px;margin:0 auto}
header{padding-top:20px}
h1{font-size:22px;margin:0 0 10px;overflow-wrap:anywhere}
h2{font-size:18px;margin:28px 0 6px}
h2 a{color:inherit;text-decoration:none}
h2 a:hover{text-decoration:underline}
input{font:inherit;padding:6px 10px;border:1px solid var(--quiet);border-radius:6px;background:var(--ground);color:var(--text);width:min(320px,100%)}
label{display:block;color:var(--quiet);font-size:13px}
nav ul{list-style:none;padding:0;margin:14px 0 0;display:flex;flex-wrap:wrap;gap:6px 22px}
nav span{color:var(--quiet)}
summary{cursor:pointer;padding:6px 0;font-weight:600}
details{margin:8px 0}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px}
.key{white-space:nowrap;overflow-wrap:normal}
.picture{max-height:75vh;overflow:auto;background:var(--ground)}
.picture svg{display:block}
table{border-collapse:collapse;width:100%}
table.long{table-layout:fixed}
th,td{text-align:left;vertical-align:top;padding:7px 10px;border-bottom:1px solid var(--line)}
th{background:var(--raised);position:sticky;top:0;font-size:13px;color:var(--quiet)}
tr:last-child td{border-bottom:0}
td p{margin:4px 0 0;color:var(--remove)}
td ul{margin:0;padding-left:18px}
tr.add td:first-child{box-shadow:inset 4px 0 var(--add)}
tr.remove td:first-child,tr.replace td:first-child{box-shadow:inset 4px 0 var(--remove)}
tr.change td:first-child,tr.move td:first-child{box-shadow:inset 4px 0 var(--change)}
tr:target,tr.here{background:var(--raised);outline:2px solid var(--link);outline-offset:-2px}
del{color:var(--remove);text-decoration:line-through;text-decoration-thickness:1px}
ins{color:var(--add);text-decoration:none}
.legend{color:var(--quiet);font-size:13px;margin:6px 0}
.legend .added{color:var(--add)}.legend .changed{color:var(--change)}.legend .removed{color:var(--remove)}
.more{color:var(--quiet);margin:6px 0}
.skip{position:absolute;left:-9999px}
.skip:focus{left:12px;top:8px;background:var(--raised);padding:6px 10px;z-index:2}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.node.faint,.edge.faint{opacity:.18}
@media(max-width:640px){header,nav,main{padding-left:12px;padding-right:12px}
thead{position:absolute;left:-9999px}
table,tbody,tr,td{display:block;border:0}
td{overflow-wrap:anywhere}
tr{border-bottom:1px solid var(--line);padding:6px 0}
td{padding:2px 10px}
tr.add,tr.remove,tr.replace,tr.change,tr.move{border-left:4px solid var(--line)}}
@media print{.picture{max-height:none}search{display:none}}
`;
