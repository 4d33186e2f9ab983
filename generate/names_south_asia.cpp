// Names of Nepal, India and Bengal: common given names by hand, the rest composed from syllables.
#include "generate/names.hpp"

namespace tessera {

CultureSpec nepali_names() {
  CultureSpec spec;
  spec.script = Script::kDevanagari;
  spec.wife_takes_name = 0.80;
  spec.has_second_given = 0.35;
  spec.male = {
      .common =
          "Ram Krishna Hari Bishnu Gopal Shyam Suresh Ramesh Rajesh Dipak Prakash Santosh "
          "Bikash Rajendra Mohan Kiran Sunil Anil Binod Raju Ganesh Narayan Arjun Bhim Dil "
          "Keshav Manoj Nabin Niraj Om Pawan Puran Rabin Roshan Sagar Sandip Sanjay Shankar "
          "Sudip Surya Tek Umesh Yubraj Amrit Ashok Bal Bharat Buddhi Chandra Chitra Dhan "
          "Durga Gyanendra Indra Jit Kamal Lal Madhav Mahesh Milan Nar Padam Prem Rudra Sher",
      .grammar = {.starts = "Ra Su Di Na Bi Pra Ma Ka Sha Ni Ja Go Da Ti La Va Am Ut Ke Re",
                  .middles = "je ne mi ve ke de re bi ma ni",
                  .ends = "sh ndra n l t j v m p nt"},
      .size = 700,
      .offset = 8};
  spec.female = {
      .common =
          "Sita Gita Maya Laxmi Sunita Anita Sarita Kamala Bimala Radha Saraswati Parbati "
          "Sabina Sangita Rita Mina Sharmila Pramila Urmila Nirmala Shanti Devaki Ganga "
          "Jamuna Kalpana Manju Puja Rekha Renuka Rupa Samjhana Sanju Susmita Tara Bishnu "
          "Asmita Anju Bina Chandra Dil Durga Hira Indira Januka Kabita Khim Mandira Menuka "
          "Muna Nisha Pabitra Prativa Rama Sapana Shova Sumitra Tulasi Usha Yashoda Binita",
      .grammar = {.starts = "Ra Su Di Na Bi Pra Ma Ka Sha Ni Ja Go Da Ti La As An Ro Sa Me",
                  .middles = "ni mi vi ri ji shi bi pi li di",
                  .ends = "ta na ka la sha ma ya ni ta maya ra"},
      .size = 700,
      .offset = 8};
  spec.family = {
      .common =
          "Thapa Gurung Tamang Magar Rai Shrestha Limbu Karki Adhikari Sharma Chaudhary "
          "Khadka Basnet Bhandari Poudel Khatri Bista Maharjan Pandey Ghimire Koirala "
          "Acharya Bhattarai Dahal Subedi Tharu Yadav Lama Sherpa Rana Regmi Joshi Bohara "
          "Budha Oli Rokaya Shahi Dangol Pariyar Nepali Sunar Sarki Damai Kami",
      .grammar = {.starts = "Adhi Bhat Chau Dha Ghi Gau Kho Ban Ba Ka Lam Ma Nau Pan Pau Rai Ri "
                            "Sap Si Thap Ti Up Wa Bas Dev Gai Kan Koi Lim Mal Par Ra Sub Su Bar",
                  .middles = "ka ra ta li mi sa ba de go ri nga ya",
                  .ends = "rai kota l i ya di re li kari thok ni ta wal war ha che rel gain ju"},
      .size = 7000,
      .offset = 6};
  spec.male_second = "Bahadur Kumar Prasad Raj Lal Man Nath Jung Dev Singh";
  spec.female_second = "Devi Kumari Maya Laxmi Rani Kala";
  spec.male_twins = "Ram/Laxman Suraj/Niraj Sandip/Sandesh Bikash/Prakash Nabin/Rabin";
  spec.female_twins = "Sita/Gita Anita/Sunita Asmita/Susmita Rita/Mina Bimala/Kamala";
  spec.nicknames =
      "Krishna=Kisan,Krish Bishnu=Bisu Rajendra=Raju,Rajen Rajesh=Raju Santosh=Santu "
      "Gyanendra=Gyanu Saraswati=Saru Samjhana=Samju Sunita=Sunu Sangita=Sangu Parbati=Paru "
      "Prakash=Pakku Narayan=Naru Suresh=Suru Sabina=Sabu Sushmita=Susu Yubraj=Yubi "
      "Pabitra=Pabi Kamala=Kammu Sharmila=Sharu Dipak=Dipu Bikash=Bikki Sanjay=Sanju";
  spec.villages = {.starts =
                       "Ram Bhim Dev Chan Gor Kal Ma Sin Ban Tul Lam Jan Har Pip Dhan Su "
                       "Ba Raj Kha Pok Sal Dum Bel Til Mu",
                   .middles = "a i u dra da ha ra _",
                   .ends = "pur nagar gaun khola danda tar bari pani phedi chaur bazar kot"};
  return spec;
}

CultureSpec indian_names() {
  CultureSpec spec;
  spec.script = Script::kDevanagari;
  spec.wife_takes_name = 0.65;
  spec.has_second_given = 0.28;
  spec.second_is_fathers = 0.25;
  spec.male = {
      .common =
          "Rahul Amit Rajesh Sanjay Vijay Suresh Ramesh Mahesh Anil Sunil Ravi Manoj Ajay "
          "Vinod Ashok Deepak Arun Mukesh Rakesh Dinesh Naresh Mohan Sohan Kishan Gopal "
          "Venkatesh Srinivas Murugan Karthik Ganesh Lakshman Balaji Harish Girish Jagdish "
          "Prakash Prasad Pradeep Sandeep Kuldeep Gurpreet Harpreet Jaswinder Imran Salim "
          "Farhan Abdul Irfan Joseph Thomas George Anand Vikram Arjun Nitin Sachin Rohit",
      .grammar = {.starts = "Ra Su Vi Na Bha Pra Ma Ka Shi Ni Ja Go De Ti La Ha Am Ut Ke Yo Dhi",
                  .middles = "ne je sha ve ki de re la ma ni ga",
                  .ends = "sh ndra n l t j v mbar yan nth pal"},
      .size = 800,
      .offset = 10};
  spec.female = {
      .common =
          "Sunita Anita Priya Pooja Kavita Geeta Seeta Lakshmi Savita Rekha Meena Asha Usha "
          "Kiran Neha Deepa Radha Parvati Saraswati Kamala Vimala Nirmala Pushpa Shanti "
          "Sushila Sarita Babita Mamta Manju Anju Ranjana Archana Vandana Sangeeta Jyoti "
          "Aarti Bharti Shabnam Fatima Ayesha Nasreen Mary Gurmeet Harjeet Amandeep Revathi "
          "Padma Valli Meenakshi Bhavani Divya Swathi Lata Madhuri Shobha Sudha Veena Indu",
      .grammar = {.starts = "Ra Su Vi Na Bha Pra Ma Ka Shi Ni Ja Go De Ti La Ha An Ro Sha Me Chi",
                  .middles = "ni mi vi re ji shee ba pa li da",
                  .ends = "ta na ka la sha ma ya ni thi vathi"},
      .size = 800,
      .offset = 10};
  spec.family = {
      .common =
          "Kumar Singh Sharma Devi Patel Gupta Verma Yadav Reddy Nair Das Mishra Pandey "
          "Joshi Jain Mehta Shah Khan Ansari Iyer Pillai Naidu Rao Chauhan Rathore Thakur "
          "Tiwari Dubey Saxena Agarwal Bansal Gill Sandhu Kaur Dhillon Kulkarni Deshmukh "
          "Patil Jadhav Pawar Shinde Gaikwad Menon Varghese Fernandes Paswan Mahto Oraon",
      .grammar = {.starts = "Aga Bha Cha Desh Gha Jad Kul Lo Mal Na Pa Ra Sa Ta Va Wad Ban Dha Kha "
                            "Mun Na Pra Shi So Thi Ven Am Bor Gan Hala Kesh Man Nam Pur",
                  .middles = "ra ga ni ka ta li va dha mi pa da shi",
                  .ends =
                      "wal kar de nkar rao lla ppa swamy dri rthy jan tia ria ni yar sekhar kha "
                      "patra garh"},
      .size = 7500,
      .offset = 6};
  spec.male_second = "Kumar Prasad Lal Ram Nath Chand Raj Mohan Dev Das";
  spec.female_second = "Devi Kumari Bai Rani Bala Kaur";
  spec.male_twins = "Ram/Lakshman Rohit/Mohit Sohan/Mohan Ramesh/Suresh Amit/Sumit Rakesh/Mukesh";
  spec.female_twins = "Seeta/Geeta Anju/Manju Savita/Kavita Asha/Usha Aarti/Bharti";
  spec.nicknames =
      "Rajesh=Raju Sanjay=Sanju Vijay=Viju Venkatesh=Venkat,Venky Srinivas=Srinu,Vasu "
      "Lakshmi=Laxmi,Lachmi Saraswati=Saru Deepak=Deepu Gurpreet=Guri,Preet Harpreet=Happy "
      "Jaswinder=Jassi Pooja=Puja Meenakshi=Meenu Sandeep=Sandy Pradeep=Deepu Sunita=Sunny "
      "Amandeep=Aman Murugan=Muru Karthik=Karthi Parvati=Paro Priya=Piyu Mahesh=Mahi "
      "Joseph=Jose Thomas=Tom Abdul=Abdu Bhavani=Bhavi Sangeeta=Geeta";
  spec.villages = {.starts =
                       "Ram Shiv Dev Chand Gopal Kal Mad Sun Bar Tul Lakh Jan Har Pip Dhan "
                       "Sul Ba Raj Kham Nar Sal Muz Bel Fateh Mir",
                   .middles = "a an u ra da ha _",
                   .ends = "pur nagar garh abad palli gram khera ganj wadi pet halli patti"};
  return spec;
}

CultureSpec bengali_names() {
  CultureSpec spec;
  spec.script = Script::kBengali;
  spec.wife_takes_name = 0.15;
  spec.has_second_given = 0.30;
  spec.male = {
      .common =
          "Mohammad Abdul Rafiq Karim Rahim Jamal Kamal Shafiq Hasan Hossain Ibrahim Ismail "
          "Yusuf Anwar Babul Bablu Delwar Enamul Faruk Golam Habib Jahangir Kabir Liton "
          "Mahbub Masud Mizan Monir Nazrul Nur Rashid Ripon Rubel Saiful Salam Selim Shahin "
          "Shamsul Sohel Sujon Tarek Zahid Ziaur Amal Bimal Gopal Nitai Ratan Subir Tapan "
          "Ashraful Aminul Rezaul Rakib Sabbir Tanvir Mamun Alamgir Harun Mostafa",
      .grammar = {.starts = "Ra Sha Mo Na Ja Ka Za Ta Ha Fa Ba Sa Ri Ma An Az Em Ru Lo To",
                  .middles = "fi hi mi ri ki ni li bu hu za",
                  .ends = "q r d n l m ul b t zul"},
      .size = 650,
      .offset = 7};
  spec.female = {
      .common =
          "Fatema Ayesha Rokeya Rahima Karima Salma Nasima Shirin Rina Mina Nargis Jahanara "
          "Hasina Khaleda Amena Halima Sufia Rabeya Morsheda Nurjahan Parvin Shahnaz Sabina "
          "Taslima Yasmin Farida Lipi Shilpi Moni Poly Ruma Runa Sathi Sumi Tania Ratna "
          "Anjali Kalpana Lakshmi Mala Purnima Shefali Sadia Nusrat Sharmin Marium Jesmin",
      .grammar = {.starts = "Ra Sha Mo Na Ja Ka Za Ta Ha Fa Ba Sa Ri Ma An As Ru Lu To Mor",
                  .middles = "fi hi mi ri she ni li bu su ze",
                  .ends = "ma na da ya ra la ka ta nur sha"},
      .size = 650,
      .offset = 7};
  spec.family = {
      .common =
          "Islam Rahman Hossain Ahmed Ali Uddin Mia Khan Sarkar Haque Chowdhury Das Roy Alam "
          "Sheikh Mondal Molla Sikder Talukder Biswas Howlader Bepari Akand Matubbar Saha "
          "Majumder Paul Barua Dey Sen Gazi Kazi Bhuiyan Patwary Munshi Pramanik",
      .grammar = {.starts =
                      "Ak Bha Bis Cha Dhar Gan Hal Kar Lah Maj Mat Mon Pat Pra Sar Shik Ta Tal "
                      "Bar Ban Gho Kun Nan Rak So Sut Tha Bag Bal Deb",
                  .middles = "a u i an ar o um ik",
                  .ends = "der dal dar kar li ri ya wary bar nik ndi ngsha dhury pari khya tra"},
      .size = 3200,
      .offset = 3};
  spec.male_second = "Uddin Mia Ali Kumar Chandra Hasan Ahmed Islam";
  spec.female_second = "Rani Bibi Ara Nessa Jahan";
  spec.female_family = "Begum Khatun Akter Bibi Banu";
  spec.male_twins = "Hasan/Hossain Karim/Rahim Jamal/Kamal Ripon/Rubel";
  spec.female_twins = "Rina/Mina Shilpi/Lipi Rahima/Karima Runa/Ruma";
  spec.nicknames =
      "Mohammad=Md,Moha Jahangir=Jahan Delwar=Delu Saiful=Saif Nazrul=Naju Shamsul=Shamsu "
      "Ashraful=Ashraf Aminul=Amin Rezaul=Reza Fatema=Fatu Nurjahan=Nuru Jahanara=Jahan "
      "Rokeya=Rokey Taslima=Tasli Morsheda=Morshi Habib=Habu Mizan=Mizu Abdul=Abdu "
      "Shahnaz=Shanu Khaleda=Khalu Rabeya=Rabi Mostafa=Mostu";
  spec.villages = {.starts =
                       "Ram Shib Char Chand Gopal Kal Madh Sona Bar Tul Lakh Nou Har Fari "
                       "Dhan Sul Baj Raj Kamal Nar Sal Mir Bel Is Nawab",
                   .middles = "a i u id _",
                   .ends = "pur nagar ganj gachha bari hat para kandi tala dia khali danga"};
  return spec;
}

}  // namespace tessera
