"""How instructions to a language model are worded, in Vietnamese and English.

The patterns are held against folded text in which four words keep apart what folding makes one: `bann` is bạn (you),
`hayy` hãy (do), `boo` bỏ (leave out), `dungg` đừng (do not), and `aii` AI. In `_WORDED` a space stands for anything
between words, `…` for a few words in between.
"""

import re

_MODEL = (
    r"(?:tro ly(?: (?:ao|aii|so|ngon ngu|thong minh|tra cuu|tri tue nhan tao|may))+|aii|chat ?bot|bot|llm"
    r"|chat ?gpt|gpt"
    r"|mo hinh(?: (?:aii|ngon ngu|lon))+|tri tue nhan tao|(?:he thong|may|cong cu|phan mem|nguoi) (?:aii"
    r"|hoi dap|tra cuu|tra loi tu dong)"
    r"|(?:aii|ai|language) (?:models?|assistants?|systems?|agents?)|assistants?)"
)
_WORDS = {
    "{MODEL}": _MODEL,
    "{HELPER}": rf"(?:{_MODEL}|tro ly)",
    # Where an order begins: a clause of its own, or after a word that asks or names whom it is for.
    "{DO}": r"(?:^\W*|[.:;!?,\"(\[\])}>*|–—-]\W*|\b(?:hayy|xin|vui long|bann|can|phai|va|roi|thi|please|tro ly"
    r"|chatbot"
    r"|aii|assistant) )",
    "{RULES}": r"(?:huong dan|chi dan|chi thi|chi dao|menh lenh|lenh|quy tac|cau lenh|loi nhac|rang buoc|thiet lap"
    r"|ngu canh|gioi han|prompt|instructions?)",
    "{PROMPT}": r"(?:(?:loi nhac|prompt|cau lenh|chi dan|chi thi|thong diep) (?:he thong|ban dau|goc|bi mat"
    r"|khoi tao|an\b)"
    r"|system (?:prompt|message|instructions?)|(?:chi dan|huong dan|chi thi|quy tac|quy dinh|lenh|cau lenh"
    r"|prompt|loi nhac)"
    r"(?: \w+){0,3}? (?:cua bann|bann (?:da |dang )?(?:duoc|nhan|tuan)))",
    "{SAY}": r"(?:tra loi|dap|phan hoi|khang dinh|ket luan|noi|viet|ghi|in|xuat|tuyen bo|thong bao)(?: (?:ra|lai))?",
    "{THIS}": r"(?:rang\b|la\b|nguyen van|duy nhat|y nguyen|dung (?:mot |cau|nguyen)|bang (?:dung )?(?:mot )?cau\b"
    r"|mot (?:cau|tu|chu)\b(?! cai))",
    "{MUST}": r"(?:phai|hayy|can|chi|duoc|bat buoc|buoc|luon|deu|thi|se|vui long|co nghia vu)",
}
_WORDED = (
    # Orders that were given are to be left aside.
    r"{DO}(?:boo qua|boo het|boo|quen(?: het| di)*|phot lo|ngung tuan theo|khong tuan theo|dungg (?:tuan )?theo"
    r"|vo hieu(?: hoa)?) (?:(?:moi|tat ca|toan bo|cac|nhung|het|di) )*{RULES}…\b(?:truoc|phia tren|o tren|tren day"
    r"|ban dau|he thong|cu\b|da (?:duoc )?(?:cho|giao|dua|nhan|nap))(?!(?: \w+)? cua (?!he thong|bann))",
    r"{DO}(?:boo qua|boo het|quen het|phot lo) (?:(?:moi|tat ca|toan bo|cac|nhung|het) )*{RULES}…\b(?:tra loi"
    r"|in ra|viet"
    r"|khang dinh|xuat|tiet lo)",
    r"{DO}(?:boo qua|phot lo) (?:(?:moi|tat ca|toan bo|cac|nhung) )*(?:(?:cau|doan) trich|cau hoi (?:cua nguoi dung"
    r"|cua can bo|tren|nay)|(?:tai lieu|nguon|van ban) khac)",
    r"\b(?:ignore|disregard|forget|override|bypass|neglect) (?:(?:all|any|the|your|my|of|these|those|every"
    r"|other|and) )*"
    r"(?:previous|prior|above|earlier|preceding|foregoing|system|original|initial|existing|other) (?:\w+ ){0,2}"
    r"(?:instructions?|prompts?|messages?|directions?|rules?|guidelines?|context|text|documents?|sources?|passages?"
    r"|orders?|commands?)",
    r"\b(?:ignore|disregard|forget) (?:(?:all|everything|what|any|your|the) )+(?:above|before|instructions?|rules"
    r"|you (?:were|have been|are)|that)",
    r"\bdo not (?:follow|obey) (?:(?:the|your|any|previous|system) )*(?:instructions?|rules?|prompts?)",
    r"\b(?:ignorez|ignora|ignoriere)\b…\b(?:instructions?|instrucciones|anweisungen)",
    # Another part to play.
    r"\btu (?:bay gio|gio|gio phut nay|luc nay|nay|thoi diem nay)(?: tro di)?(?: thi)? bann (?:(?:se|chi|phai"
    r"|duoc) )*"
    r"(?:la\b|dong vai|tro thanh|tra loi|hoat dong|nghe theo|khong con)",
    r"\btu (?:bay gio|gio|luc nay|nay|thoi diem nay)(?: tro di)?(?: thi)? {HELPER}(?: nay)? (?:khong con (?:la|bi)"
    r"|chi (?:duoc )?tra loi (?:rang|duy nhat|mot))",
    r"(?<!neu\s)(?<!khi\s)\bbann (?:(?:hien|gio|day|chinh|se) )*la (?:mot )?{HELPER}\b",
    r"\b(?:hayy|bann|bann phai|vui long) (?:dong vai|nhap vai|gia vo|gia lam|hanh dong nhu) (?!tro\b)",
    r"\b(?:gia su|tuong tuong)(?: rang)? bann (?:la\b|khong (?:con )?bi)",
    r"\byou are (?:now|no longer|a helpful|an? (?:ai|language model|assistant|chatbot|unrestricted))\b",
    r"\bas an aii?(?: (?:language|assistant|model|chatbot|system|you)\b|,)",
    r"\b(?:act as (?:if you|an? (?:ai|assistant|unrestricted|dan|different))|pretend (?:to be|you|that you)"
    r"|from now on"
    r",? (?:you|always|answer|reply)|your (?:new|only|real|true|sole) (?:role|instructions?|task|name|job|goal))\b",
    # The prompt is to be told.
    r"{DO}(?:in|viet|hien thi|tiet lo|cho (?:toi |chung toi )?(?:xem|biet)|doc|lap lai|nhac lai|xuat|trinh bay"
    r"|sao chep"
    r"|chep|liet ke|cong bo|gui|dich|tom tat|tra ve|neu)\b…{PROMPT}",
    r"{DO}(?:in ra|chep lai|lap lai|nhac lai) (?:(?:nguyen van|toan bo|moi|het"
    r"|tat ca) )+(?:\w+ ){0,2}(?:phia tren|o tren"
    r"|truoc do|tren day)",
    r"\b(?:reveal|show|print|repeat|output|display|tell|give|leak|write|share|disclose|translate|summari[sz]e|recite)"
    r"(?: \w+){0,3} (?:(?:system|initial|hidden|secret|original|your) )+(?:prompt|instructions?|message|rules"
    r"|configuration)",
    r"\brepeat (?:(?:the|everything|all|words|text) )+above|\b(?:new|updated|begin"
    r"|end(?: of)?) system (?:prompt|message)",
    # What is to be answered.
    r"\b(?:khi|neu|luc|he|moi lan)\b…\bhoi\b…(?:[,:–—-]\W*|{HELPER} )(?:(?:thi|xin|vui long|luon|chi|bann) )*hayy"
    r"(?: \w+){0,2}? {SAY}\b",
    r"\b(?:khi|neu|luc|he|moi lan)\b…\bhoi\b…(?<!can\sbo\s)(?<!nguoi\sdan\s)(?<!nhan\svien\s)(?<!cong\schuc\s)"
    r"hayy {SAY} {THIS}",
    r"\b(?:khi|neu|luc|he|moi lan)\b…\bhoi\b…(?:[,:–—-]\W*|\bbann |{HELPER} )(?:{MUST} )+{SAY} {THIS}",
    r"\b(?:hayy|bann phai|bann chi|bann luon) (?:(?:chi|luon|phai|can|duoc|deu) )*(?:tra loi|dap|khang dinh"
    r"|ket luan|phan hoi)"
    r" {THIS}",
    r"(?<!cau\s)\btra loi (?:duy nhat|(?:bang )?(?:dung |duy nhat )?mot (?:chu|tu)\b(?! cai))",
    r"\b(?:moi|bat ky|tat ca(?: cac)?|nhung) cau hoi\b…(?:{MUST} )+(?:tra loi|dap|noi|phan hoi) {THIS}",
    r"\b{MODEL}(?: \w+){0,8}? (?:{MUST} )+(?:tra loi|dap|khang dinh|ket luan|tuyen bo|noi|viet|ghi"
    r"|in)(?: ra)? {THIS}",
    r"\btro ly (?:{MUST} )+(?:tra loi|dap|khang dinh|ket luan|tuyen bo) {THIS}",
    r"\b(?:tra loi|dap|chon|noi) \W?(?:co|khong)\W? (?:cho|voi|truoc) (?:moi|bat ky|tat ca)(?: \w+)? cau hoi",
    r"\bcau tra loi (?:bat buoc|hop le|duoc phep|duy nhat (?:duoc phep|hop le|duoc chap nhan)"
    r"|cua {HELPER}) (?:\w+ ){0,3}?"
    r"(?:la|phai)\b",
    r"\bcau tra loi cua bann (?:luon |can )?phai (?:la|bat dau|ket thuc|chua|ghi|co)\b",
    r"\b(?:bat dau|mo dau|ket thuc) (?:moi|tat ca) (?:cac )?cau tra loi",
    r"\bcau tra loi…\b(?:bat dau|mo dau|ket thuc) (?:bang|voi) (?:cau|cum|dong|chu|tu|hang)\b",
    r"{DO}(?:them|chen|gan|dat|kem|ghi)\b…\b(?:vao|o|truoc|sau|duoi|cuoi) (?:(?:cuoi|dau|moi|cac|trong|tat ca) )*"
    r"cau tra loi",
    r"\b(?:always|only|must|just|simply) (?:answer|reply|respond|say|output|state)\b(?: \w+){0,3}? (?:that|with"
    r"|yes|no|the)\b",
    r"\b(?:when|if|whenever)(?: \w+){0,4} ask(?:s|ed)?\b…\b(?:answer|reply|respond|say|state|tell|claim)\b",
    r"\b(?:answer|reply|respond) (?:only )?(?:with )?(?:a single|one|exactly one|only the) word",
    # What is to be cited, or not.
    r"\b(?:khong (?:duoc |can |nen |phai )?|dungg |cam )(?:trich dan|dan nguon|trich)(?: \w+){0,3}? (?:tai lieu"
    r"|nguon|van ban"
    r"|doan|cau trich)(?: \w+){0,2}? khac",
    r"\b(?:tra loi|dap|phan hoi)\b(?: \w+){0,5} (?:khong (?:can|kem|duoc|phai)|boo|dungg) (?:(?:phai|ghi|neu|kem) )*"
    r"(?:trich dan|dan nguon|nguon)",
    r"\b{HELPER}(?: \w+){0,3}? (?:khong duoc|cam|dungg) (?:nhac (?:den|toi)|trich dan"
    r"|dan)(?: \w+){0,2}? (?:tai lieu|nguon"
    r"|van ban|doan)",
    r"{DO}(?:luon )?(?:chon|uu tien)(?: \w+){0,2}? (?:cau trich|doan trich|doan van|doan) nay",
    r"\b(?:do not|don t|never) (?:cite|quote|mention|reference|use) (?:(?:any|the|all) )*(?:other|another)"
    r" (?:documents?|sources?|passages?)",
    r"{DO}(?:ghi|gan|danh|dat|them|kem)(?: \w+){0,3}? (?:dau|ky hieu|so|nhan) (?:trich dan"
    r"|chu thich)\b.{0,10}?[\[(【]",
    r"\bthay vi tra loi\b",
    # Whom it is for.
    r"\b{HELPER}(?: \w+){0,4}? (?:dang|khi|nao|se|ma)(?: \w+)? (?:doc|xu ly|phan tich|tom tat|tra cuu|quet"
    r"|gap)(?: \w+){0,3}?"
    r" (?:tai lieu|van ban|doan|trang|noi dung|dong|cau|tep|thong bao)(?: \w+)? nay",
    r"\b(?:luu y|ghi chu|chi dan|chi thi|menh lenh|lenh|thong diep|loi nhan|note|message|instructions?"
    r"|attention|reminder)"
    r"(?: (?:rieng|danh|gui|quan trong|noi bo|bi mat|an))* (?:cho|toi|den|voi|to|for)(?: (?:cac|moi|nhung|any"
    r"|all|the))*"
    r" {MODEL}(?: \w+){0,4}?\W*[:!]",
    r"^\W*(?:(?:hoi|nay|thua|chao|hey|dear|hello|hi|kinh gui|gui|attention|note to|to) )?(?:(?:cac|moi|all"
    r"|any) )*{HELPER}"
    r"(?: \w+){0,3}?\W*[,:!–—-]\W*(?:hayy|boo qua|dungg|vui long|in ra|viet ra|tra loi (?:rang|la|duy nhat|dung"
    r"|nguoi)"
    r"|please|you|ignore|do not|always|answer|say|reply|khong duoc|chi duoc|bat buoc|bann (?:phai|la|hayy|can"
    r"|khong|chi))\b",
    r"\b(?:quan tri vien|admin|administrator|nha phat trien|nguoi lap trinh|developers?|openai"
    r"|anthropic)(?: \w+){0,6}?"
    r" (?:yeu cau|ra lenh|cho phep|cap quyen|chi thi|authori[sz]es?|orders?|requires?) (?:cho |doi voi )?"
    r"(?:bann|you|{MODEL})\b",
    r"\b(?:che do (?:quan tri|nha phat trien|khong gioi han|tu do|go loi)|developer mode)\b…\b(?:bann|you"
    r"|{MODEL}|trich dan"
    r"|boo qua|tra loi)\b",
    r"\b(?:ghi nho|hoc thuoc)\b…\b(?:khi tra loi|moi cau tra loi|cac cau hoi sau|cau hoi tiep theo)",
    # The same in other words.
    r"{DO}(?:quen|dungg (?:de y|quan tam|nghe)|boo qua) (?:\w+ ){0,6}?(?:bann (?:duoc|da|tung)|luat cu|loi dan"
    r"|duoc dan)\b",
    r"\bbann (?:khong (?:con )?(?:phai|can)|duoc phep) (?:\w+ )?(?:dan nguon|trich dan|bia|noi doi|tuan theo)\b",
    r"\bghi de (?:\w+ )?(?:moi|tat ca|toan bo) (?:\w+ )?{RULES}",
    r"\b(?:du|bat ke|bat luan) (?:cau hoi|ai hoi|duoc hoi)\b…\b(?:phai|hayy|cu|chi|thi) (?:\w+ )?(?:la|dap"
    r"|tra loi|noi)\b",
    r"\bneu bann la (?:mot )?{MODEL}\b",
    r"\b(?:chi thi|lenh|chi dan) cho (?:mo hinh|may|he thong)\s*:",
    r"\b{HELPER} (?:khi |neu )?(?:doc|gap) (?:\w+ )?(?:day|doan nay|dong nay|cau nay)\b",
    r"{DO}chi (?:dung|nghe theo|tin) (?:doan|dong|cau) nay\b",
    r"\btu (?:bay gio|gio|luc nay)(?: tro di)? hayy (?:noi|tra loi|dap|dong vai|viet|hanh dong)\b",
    r"\b(?:answer|reply|respond) to (?:all|every|any) questions?\b|\b(?:cite|quote|use) only this\b"
    r"|\bsystem override\b"
    r"|\bforget your (?:training|rules)\b|\bsummari[sz]e (?:this|the) \w+ as\b",
    # What is to be deciphered and done.
    r"\b(?:base ?64|rot ?13|caesar|morse|hex|doc nguoc|dao nguoc|viet nguoc)\b…\b(?:lam theo|tuan theo|thi hanh"
    r"|thuc hien"
    r" (?:theo|dung|lenh|noi dung)|tra loi theo|follow|obey|execute|run it|do what)",
    r"\b(?:lam theo|tuan theo|thi hanh|thuc hien (?:theo|dung|lenh)|follow|obey|execute)\b…\b(?:base ?64"
    r"|rot ?13|caesar|morse"
    r"|doc nguoc|dao nguoc)",
)
# As they stand: the marks of chat templates with a speaker, and others that say who is to read.
_MARKED = (
    r"<\s*\|\s*(?:im_?\s?start|start_?\s?header_?\s?id|begin|system|user|assistant)",
    r"\[\s*/?\s*inst\s*\]|<<\s*/?\s*sys\s*>>",
    r"<\s*/?\s*(?:start_of_turn|system|assistant|instructions?|user|human)\b[^<>]{0,40}>",
    r"#{2,}\s*(?:new |system )*(?:instructions?|system|response|human|assistant|user|he thong|chi dan|menh lenh)\b",
    r"\brole\W{1,5}(?:system|assistant|user|developer)\b",
    r"^\W*(?:assistant|human)\s*:\s*(?:\S+\s+){3}",
    r"(?:^|[\n.\]])\W*(?:system|user|he thong|tro ly|nguoi dung)\W{0,3}[\]:>]\W*(?:bann|hayy|boo qua"
    r"|tu (?:bay )?gio|you"
    r"|new|ignore|tra loi|chi duoc|moi cau|quy tac)\b",
    r"\[\s*(?:he thong|system|admin|quan tri vien)\s*\]",
    r"\b(?:cau|doan) trich\s*:\s*[\[(]\s*\d",
    r"(?:\bhoi\s*:.{1,80}?\b(?:dap|tra loi)\s*:.{1,80}?){2}\bhoi\s*:",
    r"(?:忽略|无视|忘记).{0,12}(?:指示|指令|说明|提示)",
)
# With nothing between the letters, for words that are spaced out letter by letter.
SQUEEZED = re.compile(
    "boo?qua(?:moi|tatca|cac|toanbo|het)?(?:huongdan|chidan|lenh|quytac|chithi)|ignore(?:all|the|any)*(?:previous|prior|above)"
    "|disregard(?:all|the|any)*(?:previous|prior|above)|loinhachethong|systemprompt|tubaygioban|bann?la(?:mot)?troly"
    "|traloi(?:duynhat|motchu|mottu|rang)|khongduoctrichdan"
)


def _compiled(pattern: str) -> str:
    for name in ("{PROMPT}", "{DO}", "{HELPER}", "{MODEL}", "{RULES}", "{SAY}", "{THIS}", "{MUST}"):
        pattern = pattern.replace(name, _WORDS[name])
    return pattern.replace("…", ".{0,90}?").replace(" ?", r"[\W_]*").replace(" ", r"[\W_]+")


ORDERS = tuple(re.compile(_compiled(pattern), re.DOTALL) for pattern in _WORDED) + tuple(map(re.compile, _MARKED))
